"""What other systems export, read into accounts, people, deals and talks of ours."""
