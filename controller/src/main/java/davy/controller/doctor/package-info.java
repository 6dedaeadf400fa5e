/**
 * Examines the machine before it is trusted: {@code davy doctor}.
 *
 * <p>Each {@code …Exam} looks at one thing and gives findings with a remedy; {@link
 * davy.controller.doctor.Doctor} puts them in order. What stands under {@code /proc}, {@code /sys},
 * {@code /dev} and {@code /run} is read through a {@link davy.controller.doctor.Machine}, so that a
 * test can show another machine. Never here: anything that claims a line, opens a serial port,
 * writes a byte to one or changes a setting; the only thing written is a file of its own in the
 * journal's folder, to time the disk, and it is removed.
 */
package davy.controller.doctor;
