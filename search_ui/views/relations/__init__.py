"""What the parts of 引用与相关 are given."""
