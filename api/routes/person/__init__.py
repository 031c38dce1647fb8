"""What is one's own: the session, the account, who acts for one, news, phrases, views, 工作助手."""
