using System.Globalization;
using System.Xml.Linq;
using Pipeline.Charts;
using Xunit;

namespace Pipeline.Tests.Charts;

/// <summary>What a figure of bars shows, read back from its SVG.</summary>
public sealed class FigureTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Bars_are_as_high_as_their_values_and_stand_on_each_other()
    {
        Bar[] bars = Bars(Draw(["jazz", "rock"], new BarSeries("a", [10, 40], [30, 0]), new BarSeries("b", [60, 10], [])));
        Assert.Equal(5, bars.Length); // what is nothing is not drawn
        Bar[] jazz = [.. bars.Where(b => b.X == bars.Min(o => o.X))];
        Assert.Equal(3, jazz.Length);
        double unit = jazz[0].Height / 10;
        Assert.Equal([10, 30, 60], jazz.Select(b => Math.Round(b.Height / unit, 1)));
        Assert.Equal(jazz[0].Y, jazz[1].Y + jazz[1].Height, 0.02);
        Assert.Equal(jazz[1].Y, jazz[2].Y + jazz[2].Height, 0.02);
        Assert.Equal(3, jazz.Select(b => b.Fill).Distinct().Count());
        Bar[] rock = [.. bars.Except(jazz)];
        Assert.Equal([40, 10], rock.Select(b => Math.Round(b.Height / unit, 1)));
        Assert.Equal([jazz[0].Fill, jazz[2].Fill], rock.Select(b => b.Fill));
        Assert.Equal(34 + 100, jazz[0].Y + jazz[0].Height, 0.02); // on the axis
        Assert.All(bars, b => Assert.True(b.Y > 34, "within the frame"));
    }

    [Fact]
    public void Numbers_stand_on_the_bars_where_there_is_room()
    {
        Assert.Contains("50,000", Texts(Draw(["a", "b"], new BarSeries("s", [50_000, 3], []))));
        string[] many = [.. Enumerable.Range(0, 20).Select(i => $"g{i}")];
        string[] texts = Texts(Draw(many, new BarSeries("s", [.. many.Select((_, i) => 1234L + 300_000 * i)], [])));
        Assert.Contains("1,234", texts);
        Assert.DoesNotContain("301,234", texts);
        Assert.Contains("301k", texts);
        string[] more = [.. Enumerable.Range(0, 100).Select(i => $"g{i}")];
        Assert.DoesNotContain("777", Texts(Draw(more, new BarSeries("s", [.. more.Select(_ => 777L)], []))));
    }

    [Fact]
    public void The_legend_names_the_series_and_their_lighter_part_where_there_is_one()
    {
        Assert.Equal(["second", "first", "copies"], Legend(Draw(["x"], new BarSeries("first", [1], [1]), new BarSeries("second", [1], []))));
        Assert.Equal(["first"], Legend(Draw(["x"], new BarSeries("first", [1], [0]))));
        Assert.Equal(["a ve\u2026usic"], Legend(Draw(["x"], new BarSeries("a very long name of a source of music", [1], []))));

        static string[] Legend(XElement svg) => [.. svg.Elements(Svg + "text").Where(t => Number(t, "x") > 64 + 720).Select(t => t.Value)];
    }

    [Fact]
    public void Labels_are_slanted_only_where_they_would_run_into_each_other()
    {
        string[] genres = [.. Enumerable.Range(0, 10).Select(i => $"genre {i}")];
        XElement level = Draw(genres, new BarSeries("s", [.. genres.Select(_ => 1L)], []));
        Assert.All(Labels(level), t => Assert.Null(t.Attribute("transform")));

        string[] names = [.. Enumerable.Range(0, 20).Select(i => $"a genre with a name much longer than that, number {i}")];
        XElement slanted = Draw(names, new BarSeries("s", [.. names.Select(_ => 1L)], []));
        XElement[] labels = Labels(slanted);
        Assert.Equal(20, labels.Length);
        Assert.All(labels, t => Assert.StartsWith("rotate(-55 ", t.Attribute("transform")!.Value, StringComparison.Ordinal));
        Assert.Equal(20, labels.Select(t => t.Value).Distinct().Count()); // cut in the middle: they differ at their ends
        Assert.True(Number(slanted, "height") > Number(level, "height") + 50);
        Assert.Equal(Number(slanted, "height") - 10, Number(slanted.Elements(Svg + "text").Last(), "y"), 0.02);

        static XElement[] Labels(XElement svg) => [.. svg.Elements(Svg + "text").Where(t => t.Value.Contains("genre ", StringComparison.Ordinal) || t.Value.StartsWith("a genre", StringComparison.Ordinal))];
    }

    [Fact]
    public void Names_are_never_cut_within_a_letter()
    {
        Assert.Equal("b\u2026", SvgCanvas.Shortened("b\U0001F3B8lue\U0001F3B8", 4));
        Assert.Equal("\U0001F3B8\u2026\U0001F3B8", SvgCanvas.Shortened("\U0001F3B8lues\U0001F3B8", 5));
    }

    [Fact]
    public void Figures_without_bars_or_with_empty_ones_are_drawn()
    {
        Assert.Empty(Bars(Draw([])));
        Assert.Empty(Bars(Draw(["x"], new BarSeries("s", [0], [0]))));
        Assert.Contains("0", Texts(Draw(["x"], new BarSeries("s", [0], [0]))));
    }

    [Fact]
    public void Seven_series_have_colours_as_far_as_they_go()
    {
        BarSeries[] series = [.. Enumerable.Range(0, 7).Select(i => new BarSeries($"s{i}", [1], [1]))];
        Assert.Equal(12, Bars(Draw(["x"], series)).Select(b => b.Fill).Distinct().Count());
    }

    private static XElement Draw(string[] names, params BarSeries[] series) =>
        XElement.Parse(new Figure("title", Axis.Named("genre", names), [(new StackedBars("number", series, "copies"), 100)]).ToSvg());

    // Within the panel, without ground and frame.
    private static Bar[] Bars(XElement svg) =>
        [.. svg.Elements(Svg + "rect").Select(r => new Bar(Number(r, "x"), Number(r, "y"), Number(r, "height"), r.Attribute("fill")!.Value))
            .Where(b => b.X is >= 64 and < 64 + 720 && b.Fill != "none" && b.Fill != "#ffffff")];

    private static string[] Texts(XElement svg) => [.. svg.Elements(Svg + "text").Select(t => t.Value)];

    private static double Number(XElement element, string attribute) => double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);

    private sealed record Bar(double X, double Y, double Height, string Fill);
}
