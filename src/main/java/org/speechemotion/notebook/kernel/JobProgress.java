package org.speechemotion.notebook.kernel;

import io.github.spencerpark.jupyter.kernel.DisplayStream;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.util.Locale;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import scala.collection.JavaConverters;

/** One line below a cell that takes long: how many Spark jobs it has started, and how many of their tasks have ended. */
final class JobProgress extends SparkListener {
    private static final long SHOWN_AFTER_MILLIS = 2000;
    private static final long BETWEEN_MILLIS = 500;

    private final DisplayStream display;
    private SparkContext watched;
    private String displayId = "";
    private long began;
    private long shown;
    private int jobs;
    private int tasks;
    private int ended;

    JobProgress(DisplayStream display) {
        this.display = display;
    }

    /** Counts from zero, for a cell that begins. */
    synchronized void begin() {
        watch();
        began = System.currentTimeMillis();
        displayId = "";
        jobs = 0;
        tasks = 0;
        ended = 0;
    }

    /** Shows the last numbers, if any were shown. */
    synchronized void end() {
        watch();
        if (!displayId.isEmpty()) {
            // Stages whose results are there already are skipped, so fewer tasks may end than were planned.
            show("Spark: %s, %s, %.0f s", counted(jobs, "job"), counted(ended, "task"), seconds());
        }
        began = 0;
    }

    /** A cell may have opened the session, or another one. */
    private void watch() {
        SparkSession.getDefaultSession().foreach(session -> {
            if (session.sparkContext() != watched) {
                watched = session.sparkContext();
                watched.addSparkListener(this);
            }
            return null;
        });
    }

    @Override
    public synchronized void onJobStart(SparkListenerJobStart job) {
        jobs++;
        JavaConverters.seqAsJavaList(job.stageInfos()).forEach(stage -> tasks += stage.numTasks());
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd task) {
        ended++;
        long now = System.currentTimeMillis();
        if (began > 0 && now - began > SHOWN_AFTER_MILLIS && now - shown > BETWEEN_MILLIS) {
            shown = now;
            show("Spark: %s, %d of %s, %.0f s", counted(jobs, "job"), ended, counted(tasks, "task"), seconds());
        }
    }

    private static String counted(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private double seconds() {
        return (System.currentTimeMillis() - began) / 1000.0;
    }

    private void show(String format, Object... values) {
        boolean first = displayId.isEmpty();
        if (first) {
            displayId = "spark-jobs-" + began;
        }
        DisplayData line = new DisplayData(String.format(Locale.ROOT, format, values));
        line.setDisplayId(displayId);
        if (first) {
            display.display(line);
        } else {
            display.updateDisplay(line);
        }
    }
}
