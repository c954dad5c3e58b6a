"""Right and wrong patches, and how `nevermore verify` tells them apart."""
