"""What people asked in vain: the words they let be kept, and what staff teach from them."""
