using System.Text.Json;
using Pipeline.Tables;
using Xunit;

namespace Pipeline.Tests;

/// <summary>unify-labels: which genre a recording gets, by which rule, and what the report says.</summary>
public sealed class UnifyLabelsTests : IDisposable
{
    private const string NoSource = "no source knows it", NoLine = "no line for its genre", NoPlace = "no place in the set";
    private const string Disagree = "sources disagree", Alone = "one source alone", Ambiguous = "ambiguous";

    private static readonly string[] Policies = ["majority", "agree", "tagtraum-first", "topmagd-first", "unambiguous"];

    // What Tagtraum says first and second, Top-MAGD, MASD, the folder; and what each policy makes of it: the genre and the rule, or the
    // reason why there is none. X has no place in the set, Z has no line.
    private static readonly (string Said, string[] Expected)[] TruthTable =
    [
        ("A - - - -", ["a only-tagtraum", Alone, "a only-tagtraum", "a only-tagtraum", "a only-tagtraum"]),
        ("- - B - -", ["b only-topmagd", Alone, "b only-topmagd", "b only-topmagd", "b only-topmagd"]),
        ("- - - C -", ["c only-masd", Alone, "c only-masd", "c only-masd", "c only-masd"]),
        ("- - - - D", ["d only-folder", "d only-folder", "d only-folder", "d only-folder", "d only-folder"]),
        ("A - A - -", ["a agree", "a agree", "a agree", "a agree", "a agree"]),
        ("A - A A A", ["a agree", "a agree", "a agree", "a agree", "a agree"]),
        ("A - B - -", ["a vote", Disagree, "a tagtraum-first", "b topmagd-first", Ambiguous]),
        ("A - B B -", ["b vote", Disagree, "a tagtraum-first", "b topmagd-first", Ambiguous]),
        ("- - B C -", ["b tie", Disagree, "b tagtraum-first", "b topmagd-first", Ambiguous]),
        ("- - X C D", ["d vote", Disagree, "c tagtraum-first", "c topmagd-first", Ambiguous]),
        ("A B A - -", ["a agree", "a agree", "a agree", "a agree", Ambiguous]),
        ("A a A - -", ["a agree", "a agree", "a agree", "a agree", "a agree"]),
        ("A X - - -", ["a only-tagtraum", Alone, "a only-tagtraum", "a only-tagtraum", Ambiguous]),
        ("A Z - - -", ["a only-tagtraum", Alone, "a only-tagtraum", "a only-tagtraum", Ambiguous]),
        ("X - B - -", ["b only-topmagd", Alone, "b only-topmagd", "b only-topmagd", Ambiguous]),
        ("X A - - -", [NoPlace, NoPlace, NoPlace, NoPlace, NoPlace]),
        ("Z - X - -", [NoLine, NoLine, NoLine, NoLine, NoLine]),
        ("- - - - Z", [NoLine, NoLine, NoLine, NoLine, NoLine]),
        ("- - - - -", [NoSource, NoSource, NoSource, NoSource, NoSource]),
        ("A - - - D", ["d vote", Disagree, "a tagtraum-first", "a topmagd-first", Ambiguous]),
    ];

    private readonly UnifyLabelsCase run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public void Each_policy_keeps_its_truth_table()
    {
        string[][] said = [.. TruthTable.Select(t => t.Said.Split(' '))];
        string recordings = run.Recordings("r.parquet", said.Select((s, i) => UnifyLabelsCase.Song(UnifyLabelsCase.Track(i), s[4] == "-" ? null : s[4])));
        string[] files =
        [
            "--recordings", recordings,
            "--tagtraum", Write("tagtraum", i => $"{said[i][0]}{(said[i][1] == "-" ? "" : "\t" + said[i][1])}", i => said[i][0] != "-"),
            "--topmagd", Write("topmagd", i => said[i][2], i => said[i][2] != "-"),
            "--masd", Write("masd", i => said[i][3], i => said[i][3] != "-"),
            "--genres", Genres([.. ((string[])["tagtraum", "topmagd", "masd", "folder"]).SelectMany(s => (string[])[$"{s},A,a", $"{s},B,b", $"{s},C,c", $"{s},D,d", $"{s},X,"])]),
        ];
        for (int p = 0; p < Policies.Length; p++)
        {
            (Label[] rows, JsonElement report, _) = run.Run([.. files, "--policy", Policies[p]]);
            Dictionary<string, Label> labels = rows.ToDictionary(r => r.RecordingId);
            for (int i = 0; i < TruthTable.Length; i++)
            {
                string expected = TruthTable[i].Expected[p];
                Label? found = labels.GetValueOrDefault("msd/" + UnifyLabelsCase.Track(i));
                Assert.Equal((i, Policies[p], Rule(expected)), (i, Policies[p], found is null ? null : $"{found.Genre} {found.Rule}"));
                Assert.Equal((i, found is null ? null : Agreement(said[i])), (i, found?.Agreement));
                Assert.True(found is null || found.Folder == (said[i][4] == "-" ? null : said[i][4]));
            }

            Dictionary<string, int> reasons = TruthTable.Select(t => t.Expected[p]).Where(e => Rule(e) is null).GroupBy(e => e).ToDictionary(g => g.Key, g => g.Count());
            Assert.Equal(
                reasons.OrderBy(r => r.Key, StringComparer.Ordinal),
                report.GetProperty("losses").EnumerateArray()
                    .Select(l => KeyValuePair.Create(l.GetProperty("reason").GetString()!, l.GetProperty("recordings").GetInt32())).OrderBy(l => l.Key, StringComparer.Ordinal));
        }

        string Write(string name, Func<int, string> text, Func<int, bool> has) => run.Folder.Write(
            $"{name}.cls", string.Concat(Enumerable.Range(0, said.Length).Where(has).Select(i => $"{UnifyLabelsCase.Track(i)}\t{text(i)}\n")));

        static string? Rule(string expected) => expected is NoSource or NoLine or NoPlace or Disagree or Alone or Ambiguous ? null : expected;

        static string Agreement(string[] said)
        {
            string[] speaking = [.. ((string[])[said[0], said[2], said[3], said[4]]).Where(s => s is not ("-" or "X" or "Z"))];
            return speaking.Length == 1 ? "only-one" : speaking.Distinct().Count() == 1 ? "agree" : "disagree";
        }
    }

    [Fact]
    public void A_vote_weighs_each_word_by_how_often_the_others_confirm_it()
    {
        string recordings = run.Recordings("r.parquet", Enumerable.Range(1, 8).Select(n => UnifyLabelsCase.Song(UnifyLabelsCase.Track(n))));
        string tagtraum = Labels("tagtraum", "A", "A", "A", "C", "A", "A\tB"), topmagd = Labels("topmagd", "A", "A", "A", "C", "B", "B");
        (Label[] rows, JsonElement report, _) = run.Run("--recordings", recordings, "--tagtraum", tagtraum, "--topmagd", topmagd);

        // Tagtraum's A is confirmed 3 times of 5, its B was never asked for; Top-MAGD's A 3 of 3, its B 0 of 2; C 1 of 1.
        JsonElement[] weights = [.. report.GetProperty("weights").EnumerateArray()];
        Assert.Equal(["A", "B", "C"], weights.Select(w => w.GetProperty("genre").GetString()));
        Assert.Equal([4 / 7.0, 1 / 2.0, 2 / 3.0], weights.Select(w => w.GetProperty("tagtraum").GetDouble()), Near);
        Assert.Equal([4 / 5.0, 1 / 4.0, 2 / 3.0], weights.Select(w => w.GetProperty("topmagd").GetDouble()), Near);

        // The second genre takes a third from 4/7 and gives it to 1/4.
        Assert.Equal(["A agree", "A agree", "A agree", "C agree", "A vote", "B vote"], rows.Select(r => $"{r.Genre} {r.Rule}"));

        // Weights are those of the files, whatever recordings there are.
        (rows, _, _) = run.Run("--recordings", run.Recordings("few.parquet", UnifyLabelsCase.Song(UnifyLabelsCase.Track(6))), "--tagtraum", tagtraum, "--topmagd", topmagd);
        Assert.Equal("B vote", Assert.Single(rows.Select(r => $"{r.Genre} {r.Rule}")));

        static bool Near(double a, double b) => Math.Abs(a - b) < 1e-5;
    }

    [Fact]
    public void Lines_of_a_dataset_come_before_those_of_folders_and_a_genre_of_the_set_needs_none()
    {
        string recordings = run.Recordings(
            "r.parquet", UnifyLabelsCase.Clip("1", "Hip-Hop"), UnifyLabelsCase.Clip("2", "R&B"), UnifyLabelsCase.Clip("3", "metal"),
            UnifyLabelsCase.Clip("4", "metal", "mine"), UnifyLabelsCase.Clip("5", "jazzz", "mine"), UnifyLabelsCase.Clip("6", "Old/Time"), UnifyLabelsCase.Clip("7", null));
        string genres = Genres("gtzan,metal,noise", "folder,metal,rock", "folder,hiphop,rap", "tagtraum,RnB,rnb", "tagtraum,Jazz,jazz", "folder,old_time,");
        (Label[] rows, JsonElement report, string errors) = run.Run("--recordings", recordings, "--genres", genres);
        Assert.Equal(
            [("gtzan/1", "rap", "Hip-Hop"), ("gtzan/2", "rnb", "R&B"), ("gtzan/3", "noise", "metal"), ("mine/4", "rock", "metal")],
            rows.Select(r => (r.RecordingId, r.Genre, r.Folder!)));
        JsonElement unmapped = Assert.Single(report.GetProperty("unmapped").EnumerateArray());
        Assert.Equal("folder of mine jazzz jazz 1", string.Join(' ', unmapped.GetProperty("source"), unmapped.GetProperty("name"), unmapped.GetProperty("nearest"), unmapped.GetProperty("recordings")));
        Assert.Contains("1 name without a line, such as 'jazzz' of folder of mine (is it 'jazz'?): add a line 'folder,jazzz,...'", errors, StringComparison.Ordinal);
        JsonElement without = Assert.Single(report.GetProperty("no_place").EnumerateArray());
        Assert.Equal("Old/Time", without.GetProperty("name").GetString());
        Assert.Equal((7, 4, 3), (report.GetProperty("recordings").GetInt32(), report.GetProperty("labelled").GetInt32(), report.GetProperty("lost").GetInt32()));
    }

    [Fact]
    public void Without_a_file_of_genres_the_first_source_spells_them_and_no_order_of_lines_matters()
    {
        string recordings = run.Recordings("r.parquet", [.. Enumerable.Range(1, 3).Select(n => UnifyLabelsCase.Song(UnifyLabelsCase.Track(n))), UnifyLabelsCase.Clip("c", "newage")]);
        string tagtraum = Labels("tagtraum", "new_age", "New Age"), topmagd = Labels("topmagd", "NEW-AGE", "NewAge", "NEW-AGE");
        Assert.Equal(["New Age agree", "New Age agree", "New Age only-topmagd", "New Age only-folder"], Run(tagtraum));
        File.WriteAllLines(tagtraum, File.ReadAllLines(tagtraum).Reverse());
        Assert.Equal(["New Age agree", "New Age agree", "New Age only-topmagd", "New Age only-folder"], Run(tagtraum));

        IEnumerable<string> Run(string file) => run.Run("--recordings", recordings, "--tagtraum", file, "--topmagd", topmagd).Rows.Select(r => $"{r.Genre} {r.Rule}");
    }

    [Fact]
    public void The_list_is_quoted_and_the_table_keeps_the_order_of_the_recordings()
    {
        Recording odd = UnifyLabelsCase.Song(UnifyLabelsCase.Track(2)) with { Path = "a, \"b\".h5" };
        string a = run.Recordings("a.parquet", odd, UnifyLabelsCase.Song(UnifyLabelsCase.Track(1), fault: "silent")), b = run.Recordings("b.parquet", UnifyLabelsCase.Clip("c", "jazz"));
        string tagtraum = Labels("tagtraum", "Jazz", "Rock"), topmagd = Labels("topmagd", "Jazz");
        string[] arguments = ["--recordings", a, "--recordings", b, "--tagtraum", tagtraum, "--topmagd", topmagd, "--genres", UnifyLabelsCase.Genres, "--csv", run.Folder["l.csv"]];
        Label[] rows = run.Run(arguments).Rows;
        Assert.Equal([$"msd/{UnifyLabelsCase.Track(2)}", $"msd/{UnifyLabelsCase.Track(1)}", "gtzan/c"], rows.Select(r => r.RecordingId));
        Assert.Equal(
            $"track_id,tagtraum_genre,topmagd_genre,filename\n{UnifyLabelsCase.Track(2)},Rock,,\"a, \"\"b\"\".h5\"\n{UnifyLabelsCase.Track(1)},Jazz,Jazz,A/{UnifyLabelsCase.Track(1)}.h5\n,,,jazz/c.wav\n",
            File.ReadAllText(run.Folder["l.csv"]));
        byte[] bytes = File.ReadAllBytes(run.Out);
        run.Run(arguments);
        Assert.Equal(bytes, File.ReadAllBytes(run.Out));
        ProvenanceEntry entry = TableReader<Label>.Open(run.Out).Provenance.Entries[^1];
        Assert.Equal(["recordings", "recordings", "tagtraum", "topmagd", "genres"], entry.Inputs.Select(i => i.Name));
        Assert.Equal([new("set", "common"), new("policy", "majority")], entry.Settings);
    }

    [Fact]
    public void The_report_tells_how_sources_agree()
    {
        // Of ten tracks that both know they say the same of six; 0.42 by chance.
        string tagtraum = Labels("tagtraum", "A", "A", "A", "A", "A", "A", "B", "B", "B", "B", "A");
        string topmagd = Labels("topmagd", "A", "A", "A", "A", "B", "C", "B", "B", "A", "A");
        string recordings = run.Recordings("r.parquet", UnifyLabelsCase.Song(UnifyLabelsCase.Track(1), "A"), UnifyLabelsCase.Song(UnifyLabelsCase.Track(5), "B"));
        (_, JsonElement report, string errors) = run.Run("--recordings", recordings, "--tagtraum", tagtraum, "--topmagd", topmagd);
        JsonElement[] pairs = [.. report.GetProperty("agreement").EnumerateArray()];
        Assert.Equal(["tagtraum topmagd 10 6", "tagtraum folder 2 1", "topmagd folder 2 2"], pairs.Select(p => $"{p.GetProperty("first")} {p.GetProperty("second")} {p.GetProperty("both")} {p.GetProperty("agree")}"));
        double byChance = 0.6 * 0.6 + 0.4 * 0.3;
        Assert.Equal((0.6 - byChance) / (1 - byChance), pairs[0].GetProperty("kappa").GetDouble(), 5);
        Assert.Equal(0.6, pairs[0].GetProperty("share").GetDouble());
        Assert.Equal(
            ["B A 2", "A B 1", "A C 1"],
            report.GetProperty("disagreements").EnumerateArray().Where(d => d.GetProperty("second").GetString() == "topmagd").Select(d => $"{d.GetProperty("first_says")} {d.GetProperty("second_says")} {d.GetProperty("count")}"));
        Assert.Equal(["tagtraum 11 9 0", "topmagd 10 8 0"], report.GetProperty("files").EnumerateArray().Select(f => $"{f.GetProperty("source")} {f.GetProperty("tracks")} {f.GetProperty("no_recording")} {f.GetProperty("conflicts")}"));
        Assert.Contains("Tagtraum's CD1 was made from Top-MAGD among others", errors, StringComparison.Ordinal);
        Assert.Equal(["genre", "tagtraum", "topmagd", "folder", "chosen"], report.GetProperty("genres")[0].EnumerateObject().Select(p => p.Name));
        Assert.DoesNotContain(run.Folder.Path, File.ReadAllText(run.Folder["report.json"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_the_labels_all_recordings_are_accounted_for_and_the_order_of_lines_changes_nothing()
    {
        string[] names = ["Rock", "Pop_Rock", "Jazz", "jazz", "Metal", "Gospel", "Religious", "Unheard Of", "Rap", "Hip-Hop", "Classical"];
        for (int seed = 0; seed < 5; seed++)
        {
            var random = new Random(seed);
            int[] known = [.. Enumerable.Range(0, 120).Where(_ => random.Next(3) > 0)];
            Recording[] rows = [.. Enumerable.Range(0, 100).Select(n => random.Next(4) == 0
                ? UnifyLabelsCase.Clip($"{n}", random.Next(5) == 0 ? null : names[random.Next(names.Length)])
                : UnifyLabelsCase.Song(UnifyLabelsCase.Track(n), random.Next(8) == 0 ? names[random.Next(names.Length)] : null))];
            List<string> arguments = ["--recordings", run.Recordings("r.parquet", rows), "--policy", Policies[seed]];
            arguments.AddRange(seed % 2 == 0 ? ["--genres", UnifyLabelsCase.Genres, "--set", seed == 0 ? "common" : "tagtraum-15"] : []);
            foreach (string source in (string[])["tagtraum", "topmagd", "masd"])
            {
                arguments.AddRange($"--{source}", run.Folder.Write($"{source}.cls", string.Concat(known.Where(_ => random.Next(3) > 0).Select(
                    n => $"{UnifyLabelsCase.Track(n)}\t{names[random.Next(names.Length)]}{(source == "tagtraum" && random.Next(3) == 0 ? "\t" + names[random.Next(names.Length)] : "")}\n"))));
            }

            (Label[] labels, JsonElement report, _) = run.Run(arguments);
            Assert.Equal(rows.Length, labels.Length + report.GetProperty("lost").GetInt32());
            Assert.Equal((rows.Length, labels.Length), (report.GetProperty("recordings").GetInt32(), report.GetProperty("labelled").GetInt32()));
            Assert.Equal(labels.Length, Sum("genres", "chosen"));
            Assert.Equal(labels.Length, Sum("rules", "recordings"));
            Assert.Equal(report.GetProperty("lost").GetInt32(), Sum("losses", "recordings"));
            Assert.All(report.GetProperty("genres").EnumerateArray(), g => Assert.Equal(labels.Count(l => l.Genre == g.GetProperty("genre").GetString()), g.GetProperty("chosen").GetInt32()));
            Assert.Equal(rows.Select(r => r.RecordingId).Intersect(labels.Select(l => l.RecordingId)), labels.Select(l => l.RecordingId));

            foreach (string source in (string[])["tagtraum", "topmagd", "masd"])
            {
                string[] lines = File.ReadAllLines(run.Folder[$"{source}.cls"]);
                random.Shuffle(lines);
                File.WriteAllLines(run.Folder[$"{source}.cls"], lines);
            }

            (Label[] again, JsonElement same, _) = run.Run(arguments);
            Assert.Equal(labels, again);
            Assert.Equal(report.GetRawText(), same.GetRawText());

            int Sum(string table, string column) => report.GetProperty(table).EnumerateArray().Sum(r => r.GetProperty(column).GetInt32());
        }
    }

    [Fact]
    public void Real_annotations_come_out_as_they_stand_in_their_file()
    {
        string? cd1 = Repository.Data("labels", "msd_tagtraum_cd1.cls.gz"), merged = Repository.Data("labels", "msd_h5_labels.tsv");
        Assert.SkipWhen(cd1 is null || merged is null, "'../shared/data/labels' is not there: it is not part of the repository");
        string[][] lines = [.. File.ReadLines(merged!).Skip(1).Select(l => l.Split('\t'))];
        string recordings = run.Recordings("r.parquet", lines.Select(l => UnifyLabelsCase.Song(l[0])));
        (Label[] rows, JsonElement report, _) = run.Run("--recordings", recordings, "--tagtraum", cd1!);
        Assert.Equal(133_676, report.GetProperty("files")[0].GetProperty("tracks").GetInt32());
        Assert.Equal(0, report.GetProperty("files")[0].GetProperty("conflicts").GetInt32());
        Dictionary<string, Label> found = rows.ToDictionary(r => r.RecordingId[4..]);
        Assert.All(lines, l => Assert.Equal(l[1], found.TryGetValue(l[0], out Label? label) ? string.Join('/', ((string?[])[label.TagtraumMajority, label.TagtraumMinority]).OfType<string>()) : ""));

        // The other column is somebody's merge with Top-MAGD: where CD1 knows the track, it mostly has CD1's first genre.
        string[][] both = [.. lines.Where(l => l[1].Length > 0)];
        Assert.True(both.Count(l => found[l[0]].Genre == l[2]) >= both.Length * 9 / 10);
    }

    private string Genres(params string[] lines) => run.Folder.Write("plain.csv", "source,source_genre,genre\n" + string.Join('\n', lines) + "\n");

    // The labels of the tracks 1, 2 and so on.
    private string Labels(string name, params string[] genres) =>
        run.Folder.Write($"{name}.cls", string.Concat(genres.Select((g, i) => $"{UnifyLabelsCase.Track(i + 1)}\t{g}\n")));
}
