// Everything that a console has said, with the time at which each line began. One writer appends, any number of
// readers wait for more; carriage returns are dropped, so that a line is a line.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace Nestor.Tests.Harness;

/// <summary>One line of a console and when its first character came, counted from the machine's start.</summary>
public sealed record TranscriptLine(TimeSpan Time, string Text)
{
    /// <summary>As it is written into a file.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"[{Time.TotalSeconds,9:F3}] {Text}");
}

/// <summary>The growing text of a console.</summary>
public sealed class Transcript
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();
    private readonly List<(TimeSpan Time, int Start)> _lines = [];
    private TaskCompletionSource _more = New();

    /// <summary>Completes when something is appended after this was asked for.</summary>
    public Task More
    {
        get
        {
            lock (_lock)
            {
                return _more.Task;
            }
        }
    }

    /// <summary>The whole text so far.</summary>
    public string Text
    {
        get
        {
            lock (_lock)
            {
                return _text.ToString();
            }
        }
    }

    /// <summary>All lines so far; the last one may be unfinished.</summary>
    public IReadOnlyList<TranscriptLine> Lines
    {
        get
        {
            lock (_lock)
            {
                return
                [
                    .. _lines.Select((line, index) =>
                    {
                        int end = index + 1 < _lines.Count ? _lines[index + 1].Start : _text.Length;
                        return new TranscriptLine(line.Time, _text.ToString(line.Start, end - line.Start).TrimEnd('\n'));
                    }),
                ];
            }
        }
    }

    /// <summary>The last lines, with their times.</summary>
    public string Tail(int count) => string.Join('\n', Lines.TakeLast(count));

    /// <summary>Adds text and answers it together with the characters before it that a forbidden word may have begun in.</summary>
    public string Append(ReadOnlySpan<char> text, TimeSpan time)
    {
        TaskCompletionSource more;
        string recent;
        lock (_lock)
        {
            int before = _text.Length;
            foreach (char one in text)
            {
                if (one == '\r')
                {
                    continue;
                }

                if (_text.Length == 0 || _text[^1] == '\n')
                {
                    _lines.Add((time, _text.Length));
                }

                _text.Append(one);
            }

            int start = Math.Max(0, before - ForbiddenWords.Reach);
            recent = _text.ToString(start, _text.Length - start);
            more = _more;
            _more = New();
        }

        more.SetResult();
        return recent;
    }

    /// <summary>The first match at or after a position, which then moves behind the match.</summary>
    public Match? Find(Regex pattern, ref int position)
    {
        string rest;
        lock (_lock)
        {
            rest = _text.ToString(position, _text.Length - position);
        }

        Match match = pattern.Match(rest);
        if (!match.Success)
        {
            return null;
        }

        position += match.Index + match.Length;
        return match;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
