"""What stands around the pages: window, navigation, lock, session, banners."""
