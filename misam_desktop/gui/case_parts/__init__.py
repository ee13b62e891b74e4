"""The page of one case, part by part: each is built from what one question has given."""
