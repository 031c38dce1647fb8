"""Pages of 通讯录: the organisation, one's own contacts, corrections."""
