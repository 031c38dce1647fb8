"""Who people are: units as a tree, posts, delegations; whether they are sound."""
