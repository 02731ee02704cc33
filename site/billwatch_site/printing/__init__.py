"""Printing: a template and a record become a page; where pages are, and what a browser may do on them."""
