"""What a change file and an export have in common: columns, formulas, the layout of Decidim."""
