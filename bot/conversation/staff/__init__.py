"""What only members of staff can do; each part says which role each of its commands and buttons needs."""
