package captask;

/** Whether a task was bought, that is, whether it costs money. */
public enum Bought {
    /** Certainly not. */
    NO,
    /**
     * Yes: its taskId is known. {@link Client#adopt} takes it up again, unless {@link CaptaskException#retryScope} is
     * "new_task": then it is over.
     */
    YES,
    /** createTask was sent and no answer came. */
    UNKNOWN
}
