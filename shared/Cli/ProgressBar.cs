using System.Diagnostics;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Pipeline.Cli;

/// <summary>
/// The bar on a terminal. The only type that names Spectre.Console: loading it takes longer than many a stage runs,
/// so nothing may mention this type before a bar is really drawn.
/// </summary>
internal sealed class ProgressBar(string items, long? total)
{
    // The words come first: 1000000/1000000 (100 %) 12345/s, 10 min 05 s left
    private const int LongestText = 52;
    private const int NarrowestBar = 8;
    private const int WidestBar = 24;

    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(100);

    private readonly IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(Console.Error),
        Interactive = InteractionSupport.Yes,
    });

    /// <summary>Draws until <paramref name="ended"/> is set, and then once more.</summary>
    public void Run(Func<long> done, long started, ManualResetEventSlim ended)
    {
        var text = new TextColumn();
        var progress = new Spectre.Console.Progress(console) { AutoRefresh = false };
        int barWidth = Math.Clamp(console.Profile.Width - items.Length - LongestText, NarrowestBar, WidestBar);
        progress.Columns(new TaskDescriptionColumn(), new ProgressBarColumn { Width = barWidth }, text);
        try
        {
            progress.Start(context =>
            {
                ProgressTask task = context.AddTask(Markup.Escape(items), maxValue: Math.Max(total ?? 1, 1));
                task.IsIndeterminate = total is null;
                var pace = new Pace();
                lock (Terminal.Gate)
                {
                    Terminal.Bar = this;
                }
                do
                {
                    double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
                    text.Text = ProgressText.Running(done(), total, pace.Update(seconds, done()));
                    task.Value = total is null ? 0 : done();
                    lock (Terminal.Gate)
                    {
                        context.Refresh();
                    }
                }
                while (!ended.Wait(Redraw));

                // Held until the last picture stands and the cursor is back: a message in between would be drawn over.
                Terminal.Gate.Enter();
                text.Text = ProgressText.Ended(done(), total, Stopwatch.GetElapsedTime(started).TotalSeconds);
                task.IsIndeterminate = false;
                task.Value = total is null ? 1 : done();
                context.Refresh();
            });
        }
        finally
        {
            if (!Terminal.Gate.IsHeldByCurrentThread)
            {
                Terminal.Gate.Enter();
            }
            Terminal.Bar = null;
            Terminal.Gate.Exit();
        }
    }

    /// <summary>Prints a line above the bar. The caller holds <see cref="Terminal.Gate"/>.</summary>
    public void WriteAbove(string line) => console.Write(new Text(line + "\n"));

    /// <summary>Counts, rate and time left in one column: Spectre's own columns know nothing of items.</summary>
    private sealed class TextColumn : ProgressColumn
    {
        public string Text { get; set; } = "";

        protected override bool NoWrap => true;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Text(Text);
    }
}
