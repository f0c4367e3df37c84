"""A Facebook page: comments, posts on the page, mentions, and Messenger."""
