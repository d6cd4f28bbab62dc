"""What is found wrong by rules, who is told, and when they are told again."""
