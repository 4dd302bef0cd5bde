package dejima.server.export;

/// What `README.txt` of an export says.
final class About {
  private About() {}

  static final String TEXT =
      """
      An export of one tenant from a Dejima gateway. 出島ゲートウェイから書き出した、1テナントのすべて。

      receipts/DAY/ID.txt   receipts, C2SP tlog-proof@v1, each with everything that it needs; check one with
                            'dejima verify FILE --keys log/log.vkey'  領収書（単独で検証できる）
      index.jsonl, index.csv  one line for each request; no 'receipt' where its salt was destroyed  要求の一覧
      tenant.json           projects with their data classes, and API keys without their secrets  プロジェクトと鍵
      policies/HASH.json    the policy bundles that decided: text of every file by its path  判定に使われたポリシー
      log/                  the log's key, its checkpoint and the tiles above the entries (C2SP tlog-tiles)  ログ
      salts.age             only if asked for: the salt keys, under a passphrase (age)  'age -d salts.age'
      SHA256SUMS            'sha256sum -c SHA256SUMS'
      manifest.note         the hash of SHA256SUMS, signed by the log's key (C2SP signed-note)  署名つき目録

      Get the log's key by another way than from this archive before you believe it.
      ログの鍵は、この書庫とは別の経路で入手した上で信頼すること。
      """;
}
