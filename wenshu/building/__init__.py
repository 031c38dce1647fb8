"""Every object there is, built once: floor by floor, from settings to the house."""
