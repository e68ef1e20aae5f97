"""What a team has decided: ignored findings, accepted duplicates, rules that are off."""
