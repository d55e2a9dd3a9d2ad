package webcollect

// HTTPStatus is the status of an answer that was none of the gateway's, or that
// said nothing certain; 0 if there was no answer. With 200 and no code something
// other than the gateway has spoken.
func (e *UnknownError) HTTPStatus() int { return e.Status }
