/** The dictionary of events: stable ids, severities, Chinese and English texts. */
package davy.controller.event;
