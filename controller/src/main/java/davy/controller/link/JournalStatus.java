package davy.controller.link;

/**
 * What the status frame tells of the journal.
 *
 * @param trouble empty while it and the file of saved latches work, else what is wrong
 * @param epoch 32 hex digits, made with the journal folder
 * @param durableSeq the last record that is surely on disk; station and uplink read no further
 * @param head hash of that record, 64 hex digits
 * @param key fingerprint of the key that signs it, 64 hex digits; empty where nothing does
 * @param lost records dropped since start because the queue was full
 * @param slowCommits writes since start that took longer than 200 ms (S25)
 */
public record JournalStatus(
    boolean ok,
    String trouble,
    String epoch,
    long durableSeq,
    String head,
    String key,
    long lost,
    long slowCommits) {}
