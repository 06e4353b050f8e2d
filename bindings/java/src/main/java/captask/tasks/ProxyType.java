// Generated (make generate). Do not edit.
package captask.tasks;

/** Values of proxyType; {@code toString} is the service's spelling. */
public enum ProxyType {
    /** http */
    HTTP("http"),
    /** https */
    HTTPS("https"),
    /** socks4 */
    SOCKS4("socks4"),
    /** socks5 */
    SOCKS5("socks5");

    private final String text;

    ProxyType(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
