"""参数 (AQ-11): limits that an administrator sets; what each is, and what it is set to."""
