"""What the product says, in the reader's language. Chinese (zh-CN) is the one there is."""
