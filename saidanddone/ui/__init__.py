"""What pages are made of: the base pages, components, forms, charts and error pages."""
