/**
 * The panel's page in a real browser, driven by its debugging protocol. The interlock is a script
 * of frames; everything from the panel's server to the pixels is real.
 */
package davy.tests.browser;
