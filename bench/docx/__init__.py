"""原样式 beside LibreOffice's pages, property by property."""
