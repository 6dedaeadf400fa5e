package davy.controller.sparkplug;

/**
 * A metric with what is told of it.
 *
 * @param qualified its quality is told, which is needed unless it is and was good
 * @param historical it was so at its time and is not the present value
 */
public record Metric(Tag tag, Told told, boolean qualified, boolean historical) {}
