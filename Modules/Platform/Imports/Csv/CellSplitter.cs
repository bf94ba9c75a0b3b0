using System.Text;

namespace Crm.Platform.Imports.Csv;

/// <summary>Splits one row, given line by line, into cells. A quote opens a cell only at its start; elsewhere it is text, as in <c>5" pipe</c>.</summary>
internal sealed class CellSplitter(char delimiter)
{
    public enum State { Done, Open, Broken }

    private readonly StringBuilder quoted = new();
    private bool open;

    public List<string> Cells { get; } = [];

    public State Take(string line)
    {
        if (open) quoted.Append('\n');
        for (var i = 0; ;)
        {
            if (open)
            {
                if (!Close(line, ref i)) return State.Open;
                while (i < line.Length && line[i] == ' ') i++;
                if (i < line.Length && line[i] != delimiter) return State.Broken;
                Cells.Add(quoted.ToString());
                quoted.Clear();
                if (i++ == line.Length) return State.Done;
            }
            var start = i;
            while (start < line.Length && line[start] == ' ') start++;
            if (start < line.Length && line[start] == '"')
            {
                open = true;
                i = start + 1;
                continue;
            }
            var end = line.IndexOf(delimiter, i);
            Cells.Add(end < 0 ? line[i..] : line[i..end]);
            if (end < 0) return State.Done;
            i = end + 1;
        }
    }

    // Copies up to the closing quote and stops behind it; false where the line ends first.
    private bool Close(string line, ref int i)
    {
        while (true)
        {
            var quote = line.IndexOf('"', i);
            quoted.Append(line, i, (quote < 0 ? line.Length : quote) - i);
            if (quote < 0) return false;
            i = quote + 1;
            if (i == line.Length || line[i] != '"')
            {
                open = false;
                return true;
            }
            quoted.Append('"');
            i++;
        }
    }
}
