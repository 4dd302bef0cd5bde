// Checks a Dejima log with golang.org/x/mod/sumdb: the note and tlog packages of Go's own checksum
// database, which know nothing of Dejima. Prints one JSON line for each check.
//
//	interop LOG_URL LOG_VKEY WITNESS_VKEYS PROOFS_JSON RECEIPT...
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func check(name string, do func() error) {
	line := map[string]string{"check": name, "error": ""}
	if err := do(); err != nil {
		line["error"] = err.Error()
	}
	out, _ := json.Marshal(line)
	fmt.Println(string(out))
}

func get(url string) ([]byte, error) {
	answer, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != 200 {
		return nil, fmt.Errorf("%s answers %d", url, answer.StatusCode)
	}
	return io.ReadAll(answer.Body)
}

// An Ed25519 cosignature of C2SP tlog-cosignature, as a verifier of Go's note package.
type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (c cosigner) Name() string    { return c.name }
func (c cosigner) KeyHash() uint32 { return c.hash }
func (c cosigner) Verify(msg, sig []byte) bool {
	if len(sig) != 72 {
		return false
	}
	signed := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(sig), msg)
	return ed25519.Verify(c.key, []byte(signed), sig[8:])
}

func newCosigner(vkey string) (note.Verifier, error) {
	parts := strings.SplitN(vkey, "+", 3)
	typed, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(typed) != 33 || typed[0] != 4 {
		return nil, errors.New("not an Ed25519 witness key: " + vkey)
	}
	sum := sha256.Sum256(append([]byte(parts[0]+"\n"), typed...))
	hash := binary.BigEndian.Uint32(sum[:])
	if fmt.Sprintf("%08x", hash) != parts[1] {
		return nil, errors.New("the key's hash is not its own: " + vkey)
	}
	return cosigner{parts[0], hash, typed[1:]}, nil
}

func parseTree(text string) (tlog.Tree, error) {
	lines := strings.Split(text, "\n")
	if len(lines) != 4 || lines[3] != "" {
		return tlog.Tree{}, errors.New("a checkpoint has three lines")
	}
	n, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	hash, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: n, Hash: hash}, err
}

// Go's tiles have their height in their path, C2SP's do not.
func path(tile tlog.Tile, level string) string {
	return strings.Replace(tile.Path(), fmt.Sprintf("tile/8/%d/", tile.L), "tile/"+level+"/", 1)
}

type tiles struct{ base string }

func (tiles) Height() int                      { return 8 }
func (tiles) SaveTiles([]tlog.Tile, [][]byte) {}
func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var read [][]byte
	for _, tile := range wanted {
		data, err := get(t.base + path(tile, strconv.Itoa(tile.L)))
		if err != nil {
			return nil, err
		}
		read = append(read, data)
	}
	return read, nil
}

func entries(base string, size int64) ([][]byte, error) {
	var all [][]byte
	for n := int64(0); n*256 < size; n++ {
		width := size - n*256
		if width > 256 {
			width = 256
		}
		data, err := get(base + path(tlog.Tile{H: 8, L: 0, N: n, W: int(width)}, "entries"))
		if err != nil {
			return nil, err
		}
		for len(data) > 0 {
			length := int(binary.BigEndian.Uint16(data))
			all = append(all, data[2:2+length])
			data = data[2+length:]
		}
	}
	if int64(len(all)) != size {
		return nil, fmt.Errorf("%d entries in a tree of %d", len(all), size)
	}
	return all, nil
}

func main() {
	base, logKey, witnessKeys, proofs, receipts :=
		os.Args[1], os.Args[2], strings.Fields(os.Args[3]), os.Args[4], os.Args[5:]
	log, err := note.NewVerifier(logKey)
	if err != nil {
		check("the log's vkey", func() error { return err })
		return
	}
	var tree tlog.Tree
	check("note.Open takes the checkpoint", func() error {
		text, err := get(base + "checkpoint")
		if err != nil {
			return err
		}
		opened, err := note.Open(text, note.VerifierList(log))
		if err != nil {
			return err
		}
		tree, err = parseTree(opened.Text)
		return err
	})
	check("note.Open takes each witness's cosignature", func() error { return cosigned(base, log, witnessKeys) })
	check("note.Open refuses a checkpoint with one bit changed", func() error { return changed(base, log) })
	check("tlog proves every entry and every earlier tree from the tiles", func() error { return whole(base, tree) })
	check("tlog takes the consistency proofs that witnesses get", func() error { return extends(proofs) })
	for _, file := range receipts {
		check("tlog takes the inclusion proofs of a receipt", func() error { return receipt(file, log) })
	}
}

func cosigned(base string, log note.Verifier, keys []string) error {
	text, err := get(base + "checkpoint.cosigned")
	if err != nil {
		return err
	}
	for _, vkey := range keys {
		witness, err := newCosigner(vkey)
		if err != nil {
			return err
		}
		opened, err := note.Open(text, note.VerifierList(log, witness))
		if err != nil {
			return err
		}
		if len(opened.Sigs) != 2 {
			return fmt.Errorf("%d of 2 signatures verify", len(opened.Sigs))
		}
	}
	return nil
}

func changed(base string, log note.Verifier) error {
	text, err := get(base + "checkpoint")
	if err != nil {
		return err
	}
	text[bytes.IndexByte(text, '\n')+1] ^= 1
	if _, err := note.Open(text, note.VerifierList(log)); err == nil {
		return errors.New("it was accepted")
	}
	return nil
}

func whole(base string, tree tlog.Tree) error {
	all, err := entries(base, tree.N)
	if err != nil {
		return err
	}
	reader := tlog.TileHashReader(tree, tiles{base})
	for i, entry := range all {
		leaf := tlog.RecordHash(entry)
		proof, err := tlog.ProveRecord(tree.N, int64(i), reader)
		if err != nil {
			return err
		}
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, int64(i), leaf); err != nil {
			return err
		}
		earlier, err := tlog.TreeHash(int64(i+1), reader)
		if err != nil {
			return err
		}
		extension, err := tlog.ProveTree(tree.N, int64(i+1), reader)
		if err != nil {
			return err
		}
		if err := tlog.CheckTree(extension, tree.N, tree.Hash, int64(i+1), earlier); err != nil {
			return err
		}
	}
	return nil
}

func extends(file string) error {
	var all []struct {
		From, To         int64
		FromRoot, ToRoot tlog.Hash
		Proof            []tlog.Hash
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, &all); err != nil {
		return err
	}
	if len(all) < 100 {
		return fmt.Errorf("only %d proofs", len(all))
	}
	for _, one := range all {
		if err := tlog.CheckTree(one.Proof, one.To, one.ToRoot, one.From, one.FromRoot); err != nil {
			return fmt.Errorf("from %d to %d: %w", one.From, one.To, err)
		}
		if one.From < one.To && tlog.CheckTree(one.Proof, one.To, one.FromRoot, one.From, one.FromRoot) == nil {
			return fmt.Errorf("from %d to %d: another root was accepted", one.From, one.To)
		}
	}
	return nil
}

type proved struct {
	Index int64
	Body  json.RawMessage
	Proof []tlog.Hash
}

// The receipt is a C2SP tlog-proof; its extra data is canonical JSON, so that the bytes of each
// body inside it are the bytes that were hashed.
func receipt(file string, log note.Verifier) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	head, signed, found := strings.Cut(string(data), "\n\n")
	lines := strings.Split(head, "\n")
	if !found || lines[0] != "c2sp.org/tlog-proof@v1" {
		return errors.New("not a tlog-proof")
	}
	opened, err := note.Open([]byte(signed), note.VerifierList(log))
	if err != nil {
		return err
	}
	tree, err := parseTree(opened.Text)
	if err != nil {
		return err
	}
	extra, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	if err != nil {
		return err
	}
	var carried struct {
		Body    json.RawMessage
		Intents []proved
	}
	if err := json.Unmarshal(extra, &carried); err != nil {
		return err
	}
	end := proved{Body: carried.Body}
	if end.Index, err = strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64); err != nil {
		return err
	}
	for _, line := range lines[3:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return err
		}
		end.Proof = append(end.Proof, hash)
	}
	for _, one := range append(carried.Intents, end) {
		sum := sha256.Sum256(one.Body)
		leaf := tlog.RecordHash(append([]byte{1}, sum[:]...))
		if err := tlog.CheckRecord(one.Proof, tree.N, tree.Hash, one.Index, leaf); err != nil {
			return err
		}
		if tlog.CheckRecord(one.Proof, tree.N, tree.Hash, one.Index^1, leaf) == nil {
			return errors.New("another index was accepted")
		}
	}
	return nil
}
