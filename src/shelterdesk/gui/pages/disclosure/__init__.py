"""What leaves: referral, letter, call, released sentences, what came back."""
