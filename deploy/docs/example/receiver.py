#!/usr/bin/env python3
"""A county's receiver in one file, by mqtt.md and journal.md alone, to be copied.

  receiver.py listen DIR [--host H] [--port P] [--key FINGERPRINT] [--until SECONDS]
      receives every station of a broker with mosquitto_sub and mosquitto_pub; keeps each station's
      records in DIR/MINE-STATION.jsonl; acknowledges what it has synchronised to disk; --until
      ends it after so long without a message
  receiver.py verify [--key FINGERPRINT] FILE...
      checks the files of a journal, in order (.jsonl or .jsonl.gz)

Needs Python 3.9, OpenSSL 3 and, to listen, Mosquitto's clients. Exit 1 where something does not fit.
"""
import argparse, base64, gzip, hashlib, json, os, select, subprocess, sys, tempfile, time

ZERO, ASK_SECONDS, ASK_TIMES = "0" * 64, 3, 3


def signed(key_der, statement, signature):
    """Whether OpenSSL takes this Ed25519 signature over these bytes."""
    with tempfile.TemporaryDirectory() as folder:
        def put(name, data):
            path = os.path.join(folder, name)
            with open(path, "wb") as out:
                out.write(data)
            return path
        pem = b"-----BEGIN PUBLIC KEY-----\n" + base64.encodebytes(key_der) + b"-----END PUBLIC KEY-----\n"
        command = ["openssl", "pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", put("key", pem),
                   "-in", put("statement", statement), "-sigfile", put("signature", signature)]
        return subprocess.run(command, capture_output=True).returncode == 0


class Station:
    """One station's journal: what is kept of it, and what does not fit."""

    def __init__(self, name, trusted, keep):
        self.name, self.trusted, self.keep = name, trusted, keep
        self.epoch, self.seq, self.hash, self.signed = "", 0, ZERO, 0
        self.hashes, self.keys, self.epochs, self.findings = {}, {}, set(), []
        self.asked, self.asked_at, self.after_damage, self.fresh = 0, 0.0, False, []

    def find(self, seq, what):
        if (seq, what) not in self.findings:
            self.findings.append((seq, what))
            print(f"{self.name}: record {seq}: {what}", file=sys.stderr, flush=True)

    def take(self, line):
        """One line; False where records are missing before it and are to be asked for."""
        before, mark, rest = line.rpartition(b',"hash":"')
        if not mark or hashlib.sha256(before).hexdigest().encode() + b'"}' != rest:
            self.find(self.seq + 1, "its hash does not fit its bytes")
            self.after_damage = True
            self.keep(line)
            return True
        record = json.loads(line)
        seq, now = record["seq"], record["hash"]
        if record["code"] == "journal.opened" and record["epoch"] not in self.epochs:
            self.begin(record)
        if seq <= self.seq:
            if self.hashes.get(seq, now) != now:
                self.find(seq, "sent again, and not as it was before: forged")
            return True
        if seq > self.seq + 1 and not self.after_damage:
            if self.asked < ASK_TIMES or time.monotonic() - self.asked_at < ASK_SECONDS:
                return False
            self.find(seq, f"records {self.seq + 1} to {seq - 1} are missing")
        elif record["prev"] != self.hash and not self.after_damage:
            self.find(seq, "does not continue the record before it: replaced or rewritten")
        self.seq, self.hash, self.asked, self.after_damage = seq, now, 0, False
        self.hashes[seq] = now
        self.hashes.pop(seq - 20000, None)
        self.epoch = record.get("epoch", self.epoch)
        self.keep(line)
        if record["code"] == "journal.key":
            self.named(record)
        elif record["code"] == "journal.checkpoint":
            self.checkpoint(record)
        return True

    def begin(self, record):
        if self.epochs:
            self.find(record["seq"], "another journal begins")
        self.epochs.add(record["epoch"])
        if self.epoch != record["epoch"]:
            self.epoch, self.seq, self.hash = record["epoch"], record["seq"] - 1, ZERO
            self.hashes, self.signed = {}, 0

    def named(self, record):
        der = base64.b64decode(record["publicKey"])
        fingerprint = hashlib.sha256(der).hexdigest()
        if fingerprint != record["fingerprint"]:
            self.find(record["seq"], "the key is not the one that its fingerprint says")
        elif self.trusted and fingerprint != self.trusted:
            self.find(record["seq"], f"another key than the one noted at commissioning: {fingerprint}")
        else:
            self.keys[fingerprint] = der

    def checkpoint(self, record):
        up_to, head = record["upTo"], record["head"]
        statement = f"davy checkpoint\n1\n{record['epoch']}\n{up_to}\n{head}\n".encode()
        if record["key"] not in self.keys:
            self.find(record["seq"], "signed with a key that no record before it names, or not the noted one")
        elif record["epoch"] != self.epoch or not signed(
                self.keys[record["key"]], statement, base64.b64decode(record["signature"])):
            self.find(record["seq"], f"its signature does not fit: records after {self.signed} may be forged")
        elif self.hashes.get(up_to, head) != head:
            self.find(record["seq"], f"signed was another record {up_to}: forged since {self.signed}")
        else:
            self.signed = max(self.signed, up_to)

    def report(self):
        return {"station": self.name, "epoch": self.epoch, "completeTo": self.seq, "signedTo": self.signed,
                "keys": sorted(self.keys), "findings": [f"{seq}: {what}" for seq, what in self.findings]}


class Listener:
    """All stations of one broker."""

    def __init__(self, options):
        self.options, self.stations, self.files, self.greeted = options, {}, {}, set()
        self.broker = ["-h", options.host, "-p", str(options.port), "-V", "5", "-q", "1"]

    def station(self, name):
        if name not in self.stations:
            path = os.path.join(self.options.dir, name.replace("/", "-") + ".jsonl")
            known = open(path, "rb").read().split(b"\n")[:-1] if os.path.exists(path) else []
            station = Station(name, self.options.key, lambda line: None)
            for line in known:
                station.take(line)
            self.files[name] = open(path, "ab")
            station.keep = station.fresh.append
            self.stations[name] = station
        return self.stations[name]

    def say(self, name, topic, message):
        subprocess.run(["mosquitto_pub", *self.broker, "-t", f"davy/v1/{name}/{topic}", "-m", json.dumps(message)])

    def ask(self, station, epoch):
        if time.monotonic() - station.asked_at >= ASK_SECONDS or not station.asked:
            station.asked, station.asked_at = station.asked + 1, time.monotonic()
            self.say(station.name, "resume", {"epoch": epoch, "from": station.seq + 1})

    def journal(self, station, payload):
        missing = False
        for line in payload.split(b"\n"):
            if not station.take(line):
                missing = True
                break
        out = self.files[station.name]
        out.write(b"".join(line + b"\n" for line in station.fresh))
        out.flush()
        os.fsync(out.fileno())
        station.fresh.clear()
        if missing:
            self.ask(station, station.epoch)
        else:
            self.acknowledge(station)

    def acknowledge(self, station):
        if station.seq and station.epoch:
            self.say(station.name, "ack", {"epoch": station.epoch, "seq": station.seq, "hash": station.hash})

    def evidence(self, station, told):
        if "epoch" not in told:
            return
        if station.name not in self.greeted:
            self.greeted.add(station.name)
            self.acknowledge(station)
            self.say(station.name, "resume", {"epoch": told["epoch"], "from": station.seq + 1})
        if told["epoch"] == station.epoch and station.hashes.get(told["durableSeq"], told["head"]) != told["head"]:
            station.find(told["durableSeq"], "not the record that the interlock told of while it made it")

    def run(self):
        command = ["mosquitto_sub", *self.broker, "-F", "%j"]
        for topic in ("journal", "evidence"):
            command += ["-t", "davy/v1/+/+/" + topic]
        heard = subprocess.Popen(command, stdout=subprocess.PIPE)
        while select.select([heard.stdout], [], [], self.options.until)[0]:
            line = heard.stdout.readline()
            if not line:
                break
            message = json.loads(line)
            _, _, mine, code, topic = message["topic"].split("/")
            station, payload = self.station(f"{mine}/{code}"), message["payload"]
            if topic == "journal":
                self.journal(station, payload.encode())
            else:
                self.evidence(station, json.loads(payload))
        heard.kill()
        return list(self.stations.values())


def verify(options):
    station = Station("journal", options.key, lambda line: None)
    station.asked = ASK_TIMES
    for path in options.file:
        with (gzip.open if path.endswith(".gz") else open)(path, "rb") as lines:
            for line in lines:
                station.asked = ASK_TIMES
                station.take(line.rstrip(b"\n"))
    return [station]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    listen, check = commands.add_parser("listen"), commands.add_parser("verify")
    listen.add_argument("dir")
    listen.add_argument("--host", default="127.0.0.1")
    listen.add_argument("--port", type=int, default=1883)
    listen.add_argument("--until", type=float)
    check.add_argument("file", nargs="+")
    for one in (listen, check):
        one.add_argument("--key", help="the fingerprint noted at commissioning")
    options = parser.parse_args()
    stations = Listener(options).run() if options.command == "listen" else verify(options)
    for station in stations:
        print(json.dumps(station.report()))
    sys.exit(1 if any(station.findings for station in stations) else 0)


if __name__ == "__main__":
    main()
