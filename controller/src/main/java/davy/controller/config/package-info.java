/**
 * The site file, profiles and device maps: TOML in, one immutable {@link
 * davy.controller.config.Site} or all complaints at once out.
 *
 * <p>Read once, at start. Complaints name file, line, column and remedy. Never here: devices,
 * threads, decisions.
 */
package davy.controller.config;
