/** The client, its answers and errors, and the stand-in of the service for tests. */
package captask;
