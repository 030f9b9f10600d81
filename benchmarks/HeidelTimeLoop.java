import de.unihd.dbs.heideltime.standalone.DocumentType;
import de.unihd.dbs.heideltime.standalone.HeidelTimeStandalone;
import de.unihd.dbs.heideltime.standalone.OutputType;
import de.unihd.dbs.heideltime.standalone.POSTagger;
import de.unihd.dbs.heideltime.standalone.components.ResultFormatter;
import de.unihd.dbs.uima.annotator.heideltime.resources.Language;
import de.unihd.dbs.uima.types.heideltime.Timex3;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.SimpleDateFormat;
import java.util.TimeZone;
import org.apache.uima.cas.FSIterator;

/**
 * HeidelTime over many files in one Java process, as benchmarks/heideltime.py runs it from source.
 *
 * Arguments: a config.props, a list of "FILE tab YYYY-MM-DD" lines, the file to write. Written for each file: "F tab FILE", then a line
 * "begin tab end tab type tab value tab mod" for each TIMEX3 it annotates, offsets in UTF-16 units of the file's text as it is.
 */
public final class HeidelTimeLoop {
    public static void main(String[] arguments) throws Exception {
        HeidelTimeStandalone heidelTime = new HeidelTimeStandalone(
                Language.ENGLISH, DocumentType.NEWS, OutputType.TIMEML, arguments[0], POSTagger.TREETAGGER, true);
        SimpleDateFormat days = new SimpleDateFormat("yyyy-MM-dd");
        days.setTimeZone(TimeZone.getDefault());  // the same zone as HeidelTime writes the date back with
        ResultFormatter lines = cas -> {
            StringBuilder out = new StringBuilder();
            FSIterator<?> found = cas.getAnnotationIndex(Timex3.type).iterator();
            while (found.hasNext()) {
                Timex3 t = (Timex3) found.next();
                if (t.getClass() != Timex3.class) {
                    continue;  // its intervals are a kind of their own, each a copy of an expression
                }
                String mod = t.getTimexMod() == null ? "" : t.getTimexMod();
                out.append(t.getBegin()).append('\t').append(t.getEnd()).append('\t').append(t.getTimexType())
                        .append('\t').append(t.getTimexValue()).append('\t').append(mod).append('\n');
            }
            return out.toString();
        };
        try (PrintWriter target = new PrintWriter(arguments[2], StandardCharsets.UTF_8)) {
            for (String line : Files.readAllLines(Path.of(arguments[1]), StandardCharsets.UTF_8)) {
                String[] parts = line.split("\t");
                String text = Files.readString(Path.of(parts[0]), StandardCharsets.UTF_8);
                target.print("F\t" + parts[0] + "\n");
                target.print(heidelTime.process(text, days.parse(parts[1]), lines));
            }
        }
        System.exit(0);  // its tagger leaves threads behind
    }
}
