/** The C interface and JSON. It knows nothing of the packages above it. */
package captask.internal;
