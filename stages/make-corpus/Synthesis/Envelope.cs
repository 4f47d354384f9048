using System.Runtime.CompilerServices;

namespace Pipeline.Stages.MakeCorpus.Synthesis;

/// <summary>Loudness over a tone: up, down to a level that is held, and away once it is let go. Times in seconds.</summary>
internal readonly record struct Envelope(double Attack, double Decay, double Sustain, double Release)
{
    /// <summary>Runs it, one value per call.</summary>
    public Run Start(int gate) => new(this, gate);

    /// <summary>An envelope in progress. Exponential towards each target, as analogue ones are.</summary>
    public struct Run(Envelope shape, int gate)
    {
        private readonly float attack = Step(shape.Attack / 3);
        private readonly float decay = Step(shape.Decay / 3);
        private readonly float release = Step(shape.Release / 4);
        private readonly float sustain = (float)shape.Sustain;
        private int left = gate;
        private bool rises = true;
        private float value;

        /// <summary>The last one.</summary>
        public readonly float Value => value;

        /// <summary>Whether it has faded away.</summary>
        public readonly bool IsOver => left < 0 && value < 1e-4f;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public float Next()
        {
            if (--left < 0)
            {
                value -= release * value;
            }
            else if (rises)
            {
                value += attack * (1.15f - value);
                rises = value < 1;
            }
            else
            {
                value += decay * (sustain - value);
            }

            return value;
        }

        private static float Step(double seconds) => (float)(1 - Math.Exp(-1 / (Math.Max(seconds, 2e-4) * Samples.Rate)));
    }
}
