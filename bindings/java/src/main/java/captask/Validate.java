// Generated (make generate). Do not edit.
package captask;

/** Values of validate; {@code toString} is the service's spelling. */
public enum Validate {
    /** strict */
    STRICT("strict"),
    /** warn */
    WARN("warn"),
    /** off */
    OFF("off");

    private final String text;

    Validate(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
