package org.speechemotion.train;

import java.io.Serializable;

/**
 * The settings of the epochs that follow the calibration, in which the speakers of the validation side train, too.
 *
 * @param epochsShare the number of these epochs as a share of those of the training; 0 for none
 * @param rateShare the initial learning rate of these epochs as a share of that of the training, above 0
 */
public record RefitSettings(double epochsShare, double rateShare) implements Serializable {

    public RefitSettings {
        if (!(epochsShare >= 0 && epochsShare <= 1)) {
            throw new IllegalArgumentException("epochs-share is " + epochsShare + "; allowed: 0 to 1");
        }
        Require.positive("rate-share", rateShare);
    }

    /** Returns the number of epochs that follow a training of so many. */
    public int epochs(int trained) {
        return Math.toIntExact(Math.round(epochsShare * trained));
    }
}
