/** The service's task types with their solutions, one class each. */
package captask.tasks;
