"""Files made out of the files of a record: the clean copy (清稿), the fixed layout (制版)."""
