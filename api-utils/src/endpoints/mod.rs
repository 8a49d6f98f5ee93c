//! What a service mounts: `/dev-login` and the view of its configuration.
