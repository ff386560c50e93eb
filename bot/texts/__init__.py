"""Every sentence a person reads, one module per topic: typed functions that return HTML made of escaped parts."""
