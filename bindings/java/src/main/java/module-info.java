/**
 * A client of the CapMonster Cloud task API. It carries tasks to the service and solutions back, and solves nothing
 * itself. {@link captask.Client} is where to begin.
 */
module captask {
    requires transitive com.google.gson;
    requires com.sun.jna;

    exports captask;
    exports captask.tasks;

    opens captask.internal to com.sun.jna;
}
