/**
 * The commands that people type: {@code davy check}, {@code davy journal} and so on.
 *
 * <p>One class a command: a {@code Callable<Integer>} that returns one of {@link
 * davy.controller.command.Exit}'s codes, prints results to standard output and complaints to
 * standard error, both through its {@code CommandSpec}. To add one, write the class with {@code
 * mixinStandardHelpOptions = true} and name it in {@link davy.controller.command.CommandMain}.
 * Commands run on the main thread of their own short process. Never here: anything that energises,
 * and nothing that the interlock or the station needs.
 */
package davy.controller.command;
