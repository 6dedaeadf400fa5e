/**
 * The text files of the national data-access rules (煤安监办〔2019〕42号 annex 2, MT/T 1201 family), for a
 * county whose front-end machine collects a folder: {@code deploy/docs/county-files.md}.
 *
 * <p>{@link davy.controller.countyfiles.CountyRows} and {@link
 * davy.controller.countyfiles.Exceptions} are pure; {@link davy.controller.countyfiles.CountyFiles}
 * is the station's thread that feeds them. Taken from public descriptions, not from the standards'
 * text: nobody has certified it.
 */
package davy.controller.countyfiles;
