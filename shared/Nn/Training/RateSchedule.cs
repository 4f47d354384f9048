namespace Pipeline.Nn.Training;

/// <summary>The learning rate of each step. Only that of a plateau has a past.</summary>
public sealed class RateSchedule
{
    // PyTorch's: progress is a loss that is smaller by this share, a cycle begins and ends so much lower, and smaller changes are none.
    private const double Progress = 1e-4;
    private const double StartDivisor = 25;
    private const double EndDivisor = 1e4;
    private const double LeastChange = 1e-8;

    private readonly RateSettings settings;
    private double rate;
    private double best = double.PositiveInfinity;
    private int withoutProgress;
    private int cooling;

    /// <summary>A schedule at its beginning.</summary>
    public RateSchedule(RateSettings settings)
    {
        if (settings is not { Rate: > 0, Floor: >= 0, Factor: > 0 and < 1, Patience: >= 0, Cooldown: >= 0, WarmUp: >= 0 and < 1 } || settings.Floor > settings.Rate)
        {
            throw new ArgumentException($"a learning rate cannot have these settings: {settings}", nameof(settings));
        }

        this.settings = settings;
        rate = settings.Rate;
    }

    /// <summary>A few numbers that, written back, make it go on as it would have.</summary>
    public IReadOnlyList<double> State
    {
        get => [rate, best, withoutProgress, cooling];
        set => (rate, best, withoutProgress, cooling) = (value[0], value[1], (int)value[2], (int)value[3]);
    }

    /// <summary>The rate of a step.</summary>
    /// <param name="step">Steps before it.</param>
    /// <param name="allSteps">Steps of the whole training.</param>
    public float Rate(long step, long allSteps) => settings.Kind switch
    {
        RateKind.Cosine => (float)Cosine(step, allSteps),
        RateKind.OneCycle => (float)Cycle(step, allSteps),
        _ => (float)rate,
    };

    /// <summary>Tells a plateau of a loss, usually once an epoch. What is no number is no progress.</summary>
    public void Observe(double loss)
    {
        if (settings.Kind != RateKind.Plateau)
        {
            return;
        }

        if (loss < best * (1 - Progress))
        {
            (best, withoutProgress) = (loss, 0);
        }
        else
        {
            withoutProgress++;
        }

        if (cooling > 0)
        {
            (cooling, withoutProgress) = (cooling - 1, 0);
        }

        if (withoutProgress > settings.Patience)
        {
            double lower = Math.Max(rate * settings.Factor, settings.Floor);
            rate = rate - lower > LeastChange ? lower : rate;
            (cooling, withoutProgress) = (settings.Cooldown, 0);
        }
    }

    // From a at share 0 to b at share 1.
    private static double Along(double a, double b, double share) => b + (a - b) / 2 * (1 + Math.Cos(Math.PI * Math.Clamp(share, 0, 1)));

    private double Cosine(long step, long allSteps)
    {
        long rising = (long)(settings.WarmUp * allSteps);
        return step < rising
            ? settings.Rate * (step + 1.0) / rising
            : Along(settings.Rate, settings.Floor, (step - rising) / (double)Math.Max(1, allSteps - rising - 1));
    }

    private double Cycle(long step, long allSteps)
    {
        double top = settings.WarmUp * allSteps - 1;
        double first = settings.Rate / StartDivisor;
        return step <= top
            ? Along(first, settings.Rate, top > 0 ? step / top : 1)
            : Along(settings.Rate, first / EndDivisor, (step - top) / Math.Max(1, allSteps - 1 - top));
    }
}
