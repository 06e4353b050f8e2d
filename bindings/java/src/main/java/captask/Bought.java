package captask;

/** Whether a task was bought, that is, whether it costs money. */
public enum Bought {
    /** Certainly not. */
    NO,
    /** Yes: its taskId is known, and {@link Client#adopt} takes it up again. */
    YES,
    /** createTask was sent and no answer came. */
    UNKNOWN
}
