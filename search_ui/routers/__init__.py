"""One module per use case. A route only translates: form, service call, view, template."""
