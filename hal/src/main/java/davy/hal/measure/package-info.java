/**
 * How long things take, as histograms: scans, transactions of a line, replies of a slave. Shown by
 * the panel, written to the journal each hour, given to Prometheus by the station.
 *
 * <p>Each {@link davy.hal.measure.Durations} belongs to the one thread that adds to it; what others
 * read is an immutable {@link davy.hal.measure.Spread}. Adding makes no garbage. Never here:
 * anything that decides by what it measured.
 */
package davy.hal.measure;
